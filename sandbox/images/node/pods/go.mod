module kde-tp.test/sandbox/pods

go 1.26

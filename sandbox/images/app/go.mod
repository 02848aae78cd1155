module kde-tp.test/sandbox/app

go 1.26

/** The link that stands ahead of docker on PATH, and the script that it points to. */
export const SHIM = 'docker'
export const SHIM_SCRIPT = 'kde-tp-docker'

// Every variable has a name that nobody exports: one that came from the environment would go on to docker changed.
// A docker of ours is known by the script beside it, without being read: reading the first line of a program by the
// byte, as a shell does, takes three times as long as the rest.
export const shimScript = `#!/bin/sh
# \`docker kde-tp\` runs docker's plugin "kdetp": docker allows no hyphen in a plugin's name. Every other call goes to
# the next docker on PATH as it is. "kde-tp setup" made this file, and "kde-tp setup --remove" takes it away.

# Finds the word that docker takes for its command, after docker's own options and their values.
kde_tp_expects=option kde_tp_completes='' kde_tp_name='' kde_tp_before=0
for kde_tp_word do
  case $kde_tp_expects:$kde_tp_word in
    value:*) kde_tp_expects=option ;;
    option:-) break ;;
    option:--config | option:--context | option:--host | option:--log-level | option:--tlscacert | \\
      option:--tlscert | option:--tlskey) kde_tp_expects=value ;;
    option:-*[!Dhv]?*) ;;
    option:-*[cHl]) kde_tp_expects=value ;;
    option:-* | option:help) ;;
    option:__complete | option:__completeNoDesc) kde_tp_completes=$kde_tp_word ;;
    option:kde-tp | option:kde-t | option:kde-) kde_tp_name=$kde_tp_word; break ;;
    *) break ;;
  esac
  kde_tp_before=$((kde_tp_before + 1))
done

# Completes our name while it is still being typed: docker knows only "kdetp".
if [ -n "$kde_tp_name" ] && [ -n "$kde_tp_completes" ] && [ $((kde_tp_before + 1)) -eq $# ]; then
  case $kde_tp_completes in
    __complete) printf 'kde-tp\\tThe same as kdetp\\n:4\\n' ;;
    *) printf 'kde-tp\\n:4\\n' ;;
  esac
  exit
fi

if [ "$kde_tp_name" = kde-tp ]; then
  for kde_tp_word do
    shift
    [ $kde_tp_before -ne 0 ] || kde_tp_word=kdetp
    kde_tp_before=$((kde_tp_before - 1))
    set -- "$@" "$kde_tp_word"
  done
fi

# A docker ahead of this one is taken only where there is none behind: it may be somebody's own that has led here.
kde_tp_path=$PATH: kde_tp_passed='' kde_tp_ahead=''
while [ -n "$kde_tp_path" ]; do
  kde_tp_directory=\${kde_tp_path%%:*}
  kde_tp_path=\${kde_tp_path#*:}
  # An empty element of PATH is the current directory.
  kde_tp_directory=\${kde_tp_directory:-.}
  if ! [ -f "$kde_tp_directory/docker" ] || ! [ -x "$kde_tp_directory/docker" ]; then
    continue
  elif [ "$kde_tp_directory/docker" -ef "$kde_tp_directory/${SHIM_SCRIPT}" ]; then
    ! [ "$kde_tp_directory/docker" -ef "$0" ] || kde_tp_passed=yes
  elif [ -n "$kde_tp_passed" ]; then
    exec "$kde_tp_directory/docker" "$@"
  else
    kde_tp_ahead=\${kde_tp_ahead:-$kde_tp_directory/docker}
  fi
done
[ -z "$kde_tp_ahead" ] || exec "$kde_tp_ahead" "$@"
echo "$0: there is no docker on PATH but this one, which only passes calls on. Install Docker, or run: kde-tp setup --remove" >&2
exit 127
`

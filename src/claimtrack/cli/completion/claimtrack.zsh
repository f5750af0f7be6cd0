
# Offers ids of these kinds. The program gives those that hold what was typed where none begins so;
# of several such none is put in its place, they are only listed.
_claimtrack_ids() {
  local kinds=${@[-1]} asked=${program/#\~\//$HOME/}
  local -a found expl
  whence -p -- $asked >/dev/null || asked=claimtrack
  found=(${(f)"$($asked --complete $kinds "$PREFIX" "$register" 2>/dev/null)"})
  (( $#found )) || return 1
  if [[ $#found -gt 1 && $found[1] != ${(Q)PREFIX}* ]]; then
    compstate[insert]='' compstate[list]='list force'
  fi
  _wanted ids expl id compadd -M 'l:|=* r:|=*' -a found
}

if [[ ${funcstack[1]} == _claimtrack ]]; then
  _claimtrack "$@"
elif (( $+functions[compdef] )); then
  compdef _claimtrack claimtrack
else
  print -u2 'claimtrack: completion needs compinit; call it before this'
fi


# Puts together again what COMP_WORDBREAKS cut: sets words to those before the cursor's, and word to
# what stands before the cursor.
_claimtrack_words() {
    local rest=${COMP_LINE:0:COMP_POINT} piece at
    words=() word=''
    for ((at = 0; at <= COMP_CWORD; at++)); do
        if [[ $at -gt 0 && ( ! $rest || $rest == [[:space:]]* ) ]]; then
            words+=("$word") word=''
        fi
        rest=${rest#"${rest%%[![:space:]]*}"}
        piece=${COMP_WORDS[at]}
        ((at < COMP_CWORD)) || piece=$rest
        word+=$piece
        rest=${rest#"$piece"}
    done
}

# Goes along the words: sets path to the command that they lead to, at to how many arguments it has,
# taking to the option that waits for its value, and register to what --register names.
_claimtrack_walk() {
    local each
    _claimtrack_command ''
    for each in "${words[@]:1}"; do
        if [[ $taking ]]; then
            [[ $taking == --register ]] && register=$each
            taking=''
        elif [[ $each == -?* && ! $ended ]]; then
            case $each in
                --) ended=yes ;;
                --register=*) register=${each#*=} ;;
                --*=*) ;;
                *) [[ " $valued " == *" $each "* ]] && taking=$each ;;
            esac
        elif [[ ! $commands ]]; then
            ((at += 1))
        elif [[ " $commands " == *" $each "* ]]; then
            path=${path:+$path }$each
            _claimtrack_command "$path"
        else
            return 1
        fi
    done
}

# Offers those of the words that begin with what was typed.
_claimtrack_offer() {
    local each
    for each in $1; do
        [[ $each == "$word"* ]] && COMPREPLY+=("$each")
    done
}

# Offers ids of these kinds. Of several that only hold what was typed none is put in its place:
# an empty word among them keeps bash from it.
_claimtrack_ids() {
    local program=$1 found plain=${word//[\"\'\\]/}
    [[ ${program:0:2} == \~/ ]] && program=$HOME/${program:2}
    type -P "$program" >/dev/null || program=claimtrack
    # To read it from the process line by line takes bash ten times as long.
    found=$("$program" --complete "$2" "$word" "$register" 2>/dev/null)
    [[ $found ]] && mapfile -t COMPREPLY <<<"$found"
    [[ ${#COMPREPLY[@]} -gt 1 && ${COMPREPLY[0]} != "$plain"* ]] && COMPREPLY+=('')
}

_claimtrack() {
    local IFS=$' \t\n' words word path='' taking='' ended='' register='' at=0
    local commands options valued repeated kind choices cut=''
    COMPREPLY=()
    _claimtrack_words
    _claimtrack_walk || return 0
    if [[ ! $taking && ! $ended && $word == --*=* ]]; then
        taking=${word%%=*} word=${word#*=}
        # Where bash does not cut words at "=", what is offered has to be the whole word.
        [[ $2 == --*=* ]] && cut=$taking=
    fi
    if [[ $taking ]]; then
        _claimtrack_value "$path $taking"
    elif [[ $word == -* && ! $ended ]]; then
        kind=words choices=$options
    elif [[ $commands ]]; then
        kind=words choices=$commands
    else
        ((at < repeated || repeated == 0)) || at=$((repeated - 1))
        _claimtrack_value "$path $((at + 1))"
    fi
    case $kind in
        words) _claimtrack_offer "$choices" ;;
        ids) _claimtrack_ids "$1" "${choices// /,}" ;;
        files) compopt -o default 2>/dev/null ;;
        folders) compopt -o dirnames 2>/dev/null ;;
    esac
    [[ $cut ]] && COMPREPLY=("${COMPREPLY[@]/#/$cut}")
    return 0
}

complete -F _claimtrack claimtrack

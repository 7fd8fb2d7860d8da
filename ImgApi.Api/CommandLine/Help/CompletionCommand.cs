using System.CommandLine;

namespace ImgApi.Api.CommandLine.Help;

/// <summary>
/// <c>imgapi completion SHELL</c>: prints a script that makes a shell complete commands and options. The scripts ask the program itself, by
/// the directive <c>[suggest:POSITION]</c> of System.CommandLine, so they fit every version.
/// </summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # Completion of imgapi for bash. Put "source <(imgapi completion bash)" into ~/.bashrc.
        _imgapi() {
          local IFS=$'\n' word=${COMP_WORDS[COMP_CWORD]}
          COMPREPLY=($(compgen -W "$(imgapi "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _imgapi imgapi
        """;

    private const string Zsh = """
        #compdef imgapi
        # Completion of imgapi for zsh. Put "source <(imgapi completion zsh)" into ~/.zshrc, after compinit.
        _imgapi() {
          local line="${(j: :)words[1,CURRENT]}"
          local -a found=("${(@f)$(imgapi "[suggest:${#line}]" "$line" 2>/dev/null)}")
          [[ -n "$found[1]" ]] && compadd -- "${found[@]}" || _files
        }
        if [[ "$funcstack[1]" == _imgapi ]]; then _imgapi; else compdef _imgapi imgapi; fi
        """;

    private const string Fish = """
        # Completion of imgapi for fish. Run: imgapi completion fish > ~/.config/fish/completions/imgapi.fish
        function __imgapi_complete
            set -l line (commandline -cp)
            imgapi "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c imgapi -a '(__imgapi_complete)'
        """;

    private static readonly Dictionary<string, string> Scripts = new() { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish };

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Print a script for a shell that completes commands and options. Its first lines say where it goes.")
        {
            shell,
        };
        command.SetAction(parsed => Console.WriteLine(Scripts[parsed.GetValue(shell)!]));
        return command;
    }
}

namespace ImgApi.Api.CommandLine.Output;

/// <summary>The exit codes of commands.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The server refused, what was asked for does not exist, or the command found a problem.</summary>
    public const int Refused = 1;

    /// <summary>The arguments are not valid, or something that they need is missing on this machine.</summary>
    public const int Misuse = 2;

    /// <summary>The server did not answer.</summary>
    public const int Unreachable = 3;

    /// <summary>Ctrl-C: 128 and the number of the signal.</summary>
    public const int Interrupted = 130;
}

namespace ImgApi.Api.CommandLine.Output;

/// <summary>The command cannot do what was asked, and no server said so: the arguments are not valid, or something on this machine is missing.</summary>
/// <param name="message">One sentence without a full stop: what is wrong, and what to do.</param>
/// <param name="exitCode">A value of <see cref="ExitCode"/>.</param>
internal sealed class CommandException(string message, int exitCode = ExitCode.Misuse) : Exception(VisibleText.Clean(message))
{
    /// <summary>The exit code of the program.</summary>
    public int ExitCode { get; } = exitCode;
}

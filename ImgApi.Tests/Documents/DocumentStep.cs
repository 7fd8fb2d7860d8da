namespace ImgApi.Tests.Documents;

/// <summary>A command of a document.</summary>
/// <param name="Line">The line number in the document, from 1.</param>
/// <param name="Command">The command, which may have several lines.</param>
/// <param name="Output">The output in the document; null if it has none.</param>
internal sealed record DocumentStep(int Line, string Command, string? Output)
{
    /// <summary>Whether the command starts the server, which then runs until the next one is started.</summary>
    public bool StartsServer => Words is ["imgapi", "-s", ..] || (Words is ["dotnet", "run", ..] && Words.Contains("-s"));

    private string[] Words => Command.Split(' ');

    /// <inheritdoc/>
    public override string ToString() => $"line {Line}: {Command}";
}

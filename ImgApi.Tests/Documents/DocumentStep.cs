namespace ImgApi.Tests.Documents;

/// <summary>A command that a document tells a person to type.</summary>
/// <param name="Line">Where it stands in the document, from 1.</param>
/// <param name="Command">The command, which may have several lines.</param>
/// <param name="Output">What the document shows as its output; null where it shows none.</param>
internal sealed record DocumentStep(int Line, string Command, string? Output)
{
    /// <summary>Whether it starts the server, which then runs until the next one does.</summary>
    public bool StartsServer => Words is ["dotnet", "run", ..] or ["imgapi", ..] && Words.Contains("-s");

    private string[] Words => Command.Split(' ');

    /// <inheritdoc/>
    public override string ToString() => $"line {Line}: {Command}";
}

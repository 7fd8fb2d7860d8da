using Spectre.Console;

namespace ImgApi.Api.CommandLine.Output;

/// <summary>
/// The terminal of a person, if there is one. Colours follow <c>NO_COLOR</c>. The consoles of Spectre are created only when they are used,
/// since that takes time.
/// </summary>
internal static class Terminal
{
    private static readonly Lazy<IAnsiConsole> LazyOut = new(() => Create(Console.Out, IsPlain ? AnsiSupport.No : AnsiSupport.Detect));
    private static readonly Lazy<IAnsiConsole> LazyError = new(() => Create(Console.Error, AnsiSupport.Detect));

    /// <summary>Whether a person sees standard output.</summary>
    public static bool ShowsOutput => !Console.IsOutputRedirected;

    /// <summary>Whether a person sees standard error, where progress and questions are shown.</summary>
    public static bool ShowsErrors => !Console.IsErrorRedirected;

    /// <summary>Whether a person can be asked.</summary>
    public static bool CanAsk => !Console.IsInputRedirected && ShowsErrors;

    public static IAnsiConsole Out => LazyOut.Value;

    public static IAnsiConsole Error => LazyError.Value;

    /// <summary>See https://no-color.org.</summary>
    private static bool IsPlain => Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    private static IAnsiConsole Create(TextWriter writer, AnsiSupport codes) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = codes,
        ColorSystem = IsPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
    });
}

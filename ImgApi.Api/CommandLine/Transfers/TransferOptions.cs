using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImgApi.Api.Background;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>The options of commands that transfer files.</summary>
internal static class TransferOptions
{
    public static readonly Option<string?> File = new("--file", "-f") { Description = "The image file; - for standard input.", HelpName = "file" };

    public static readonly Option<string?> Compression = new("--compression")
    {
        Description = "gzip, bzip2, xz or none. Without it: what the first bytes of the file show.",
        HelpName = "kind",
    };

    public static readonly Option<bool> Force = new("--force") { Description = "Accept a file that no machine can install." };

    public static readonly Option<long> Limit = new("--limit")
    {
        Description = "Maximum bytes per second, such as 500K or 10M.",
        HelpName = "rate",
        CustomParser = given => ReadBytes(given),
    };

    public static readonly Option<int> Retries = new("--retries")
    {
        Description = "How often to try again after a failure, without progress in between.",
        HelpName = "number",
        DefaultValueFactory = _ => 8,
    };

    public static readonly Option<int> StallSeconds = new("--stall")
    {
        Description = "Seconds without progress after which a connection counts as broken.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 30,
    };

    public static readonly Option<bool> NoResume = new("--no-resume")
    {
        Description = "Upload in one request, even if the server has resumable uploads; for proxies that do not pass them on.",
    };

    /// <summary>The options of every transfer.</summary>
    public static IEnumerable<Option> Pace => [Limit, Retries, StallSeconds];

    private static long ReadBytes(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        var unit = "KMG".IndexOf(char.ToUpperInvariant(text.LastOrDefault()), StringComparison.Ordinal);
        if (long.TryParse(unit < 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1L << 32)
        {
            return number << (10 * (unit + 1));
        }

        given.AddError("--limit needs a number of bytes per second, such as 500K or 10M");
        return 0;
    }
}

/// <summary>How a transfer behaves.</summary>
/// <param name="BytesPerSecond">Maximum rate; 0 for no limit.</param>
/// <param name="Retries">Maximum number of attempts after the first, without progress in between.</param>
/// <param name="Stall">Time without progress after which a connection counts as broken.</param>
internal sealed record TransferRules(long BytesPerSecond, int Retries, TimeSpan Stall)
{
    /// <summary>Limits the rate of one transfer.</summary>
    public ReadPace Pace() => new(BytesPerSecond, TimeProvider.System, minCost: 0);

    /// <summary>Whether uploads are resumable, if the server has that.</summary>
    public bool Resumes { get; private init; }

    public static TransferRules Of(ParseResult parsed) => new(
        parsed.GetValue(TransferOptions.Limit), Math.Max(0, parsed.GetValue(TransferOptions.Retries)),
        TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(TransferOptions.StallSeconds), 1, 3600)))
    {
        Resumes = !parsed.GetValue(TransferOptions.NoResume),
    };
}

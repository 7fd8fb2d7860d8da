using System.CommandLine;

namespace ImgApi.Api.CommandLine.Output;

/// <summary>The options about output, the same for every command that speaks to a server.</summary>
internal static class OutputOptions
{
    public static readonly Option<bool> Json = new("--json", "-j") { Description = "Print JSON." };

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Print only what is needed to go on, such as UUIDs; no progress." };

    public static readonly Option<bool> Bytes = new("--bytes") { Description = "Print sizes in bytes." };

    public static readonly Option<bool> Verbose = new("--verbose") { Description = "Show the requests and answers, without secrets." };

    public static IEnumerable<Option> All => [Json, Quiet, Bytes, Verbose];
}

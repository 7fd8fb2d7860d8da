using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ImgApi.Infrastructure.Posix;

/// <summary>Names of files that are being written. A start deletes those that remain after a crash.</summary>
internal static partial class TemporaryName
{
    public static string Create() => $".imgapi-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp";

    public static bool Matches(string name) => Temporary.IsMatch(name);

    [GeneratedRegex(@"\A\.imgapi-[0-9a-f]{16}\.tmp\z")]
    private static partial Regex Temporary { get; }
}

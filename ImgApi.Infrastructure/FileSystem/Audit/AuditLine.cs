using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.Audit;

namespace ImgApi.Infrastructure.FileSystem.Audit;

/// <summary>
/// An event as a line of a file: a JSON object whose last members are <c>previous</c>, the hash of the line before, and <c>hash</c>, the SHA-256 of
/// the bytes of the line up to that member. So nobody can alter, remove or insert a line without changing all that follow.
/// </summary>
internal static class AuditLine
{
    /// <summary>The hash before the first event.</summary>
    public static readonly string NoHash = new('0', HashLength);

    private const int HashLength = 2 * SHA256.HashSizeInBytes;
    private const string Previous = ",\"previous\":\"";
    private const string Hash = ",\"hash\":\"";
    private const string End = "\"}";

    /// <summary>Makes the line, with a line end, and the event with its hash.</summary>
    /// <param name="previous">The hash of the event before.</param>
    public static (byte[] Line, AuditEvent Event) Seal(AuditEvent one, string previous)
    {
        var body = JsonSerializer.Serialize(one with { Hash = null }, AuditJson.Options)[..^1] + Previous + previous + '"';
        var hash = HashOf(Encoding.UTF8.GetBytes(body));
        return (Encoding.UTF8.GetBytes(body + Hash + hash + End + '\n'), one with { Hash = hash });
    }

    /// <summary>The event of a line without its end; null for a line that is not an event.</summary>
    public static AuditEvent? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEvent>(line, AuditJson.Options) is { Number: > 0, Hash.Length: HashLength } one ? one : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a line, without its end, has not been altered and follows the event with that hash.</summary>
    /// <param name="previous">Null if the event before is not known.</param>
    public static bool Follows(ReadOnlySpan<byte> line, AuditEvent one, string? previous)
    {
        var body = line[..Math.Max(0, line.Length - Hash.Length - HashLength - End.Length)];
        return HashOf(body) == one.Hash && (previous is null || body.EndsWith(Encoding.UTF8.GetBytes(Previous + previous + '"')))
            && line[body.Length..].SequenceEqual(Encoding.UTF8.GetBytes(Hash + one.Hash + End));
    }

    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

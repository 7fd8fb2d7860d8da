using System.Globalization;
using System.Text.Json;
using ImgApi.Domain.Access;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Infrastructure.Users;

/// <summary>What a users file says: <c>{ "users": [{ "name", "password", "role", "quota" }], "tokens": [...] }</c>.</summary>
public sealed record UsersContent(IReadOnlyList<UserAccount> Users, IReadOnlyList<AccessToken> Tokens)
{
    internal const string UserList = "users";
    internal const string TokenList = "tokens";

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    /// <summary>No users and no tokens.</summary>
    public static UsersContent Empty { get; } = new([], []);

    /// <summary>Parses the text of a users file. Comments and unknown members are allowed.</summary>
    /// <param name="text">UTF-8 without a byte order mark.</param>
    /// <exception cref="FormatException">It is not valid. The message names the first problem, and shows no secret.</exception>
    public static UsersContent Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var content = new UsersContent(
                [.. Entries(document.RootElement, UserList, isRequired: true).Select(User)],
                [.. Entries(document.RootElement, TokenList, isRequired: false).Select(Token)]);
            EnsureDistinct(UserList, "name", content.Users.Select(user => user.Name));
            EnsureDistinct(TokenList, "id", content.Tokens.Select(token => token.Id));
            EnsureDistinct(TokenList, "hash", content.Tokens.Select(token => token.Hash));
            return content;
        }
        catch (JsonException fault)
        {
            throw new FormatException(JsonFault.Describe(text.Span, fault), fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new FormatException("a string contains half of a surrogate pair", fault);
        }
    }

    private static IEnumerable<(string Place, JsonElement Json)> Entries(JsonElement root, string list, bool isRequired)
    {
        var entries = root.Member(list);
        if (entries.ValueKind != JsonValueKind.Array && (isRequired || entries.ValueKind != JsonValueKind.Undefined))
        {
            throw new FormatException(isRequired ? $"there is no list \"{list}\"" : $"\"{list}\" must be a list");
        }

        return entries.Items().Select((json, index) => ($"\"{list}\", entry {index + 1}", json));
    }

    private static UserAccount User((string Place, JsonElement Json) entry) => new(
        Text(entry, "name", UserAccount.IsName, "a text without colons"),
        Text(entry, "password", text => PasswordHash.TryParse(text, out _), "a hash from imgapi hash-password, since this file takes no passwords in clear text"),
        RoleOf(entry),
        Quota(entry));

    private static AccessToken Token((string Place, JsonElement Json) entry) => new(
        Text(entry, "id", AccessToken.IsId, "token- and eight hexadecimal digits"),
        Text(entry, "hash", text => text.Length == TokenSecret.HashLength && text.All(char.IsAsciiHexDigitLower), "a SHA-256 in hexadecimal"),
        OptionalText(entry, "user"),
        RoleOf(entry),
        OptionalText(entry, "note") ?? "",
        Time(entry, "created") ?? throw Bad(entry, "created", "a time"),
        Time(entry, "expires"),
        Time(entry, "revoked"));

    private static Role RoleOf((string Place, JsonElement Json) entry) =>
        RoleTable.Find(entry.Json.Member("role").AsText()) ?? throw Bad(entry, "role", RoleTable.Choices);

    private static long? Quota((string Place, JsonElement Json) entry) => entry.Json.Member("quota") switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } json when json.TryGetInt64(out var bytes) && bytes >= 1 => bytes,
        _ => throw Bad(entry, "quota", "a number of bytes, at least 1"),
    };

    private static string Text((string Place, JsonElement Json) entry, string member, Func<string, bool> isValid, string mustBe) =>
        entry.Json.Member(member).AsText() is { } text && isValid(text) ? text : throw Bad(entry, member, mustBe);

    private static string? OptionalText((string Place, JsonElement Json) entry, string member) => entry.Json.Member(member) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } given ? given : null,
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
        _ => throw Bad(entry, member, "a text"),
    };

    private static DateTimeOffset? Time((string Place, JsonElement Json) entry, string member) =>
        OptionalText(entry, member) is not { } text ? null
        : Timestamp.TryParse(text, out var time) ? time.Instant
        : throw Bad(entry, member, "a time such as 2027-01-31T00:00:00.000Z");

    private static FormatException Bad((string Place, JsonElement Json) entry, string member, string mustBe) =>
        new($"{entry.Place}: \"{member}\" must be {mustBe}");

    private static void EnsureDistinct(string list, string member, IEnumerable<string> values)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, _) in values.Index().Where(value => !seen.Add(value.Item)))
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"\"{list}\", entry {index + 1} has the {member} of an earlier entry"));
        }
    }
}

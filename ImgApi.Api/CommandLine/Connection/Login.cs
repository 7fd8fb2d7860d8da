using System.Text.Json.Nodes;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>A server that the user has logged in to.</summary>
/// <param name="Url">Without credentials; may have a channel.</param>
/// <param name="User">Null for reading without credentials, or with a token.</param>
/// <param name="Password">Or a token. Null if it is asked for, or a key is used.</param>
/// <param name="Key">An OpenSSH key, as <c>-i</c> takes it.</param>
/// <param name="Insecure">Whether any certificate of the server is accepted.</param>
internal sealed record Login(string Url, string? User, string? Password, string? Key, bool Insecure);

/// <summary>The content of the file with the logins.</summary>
/// <param name="Default">The name of the login that commands use which name no server.</param>
/// <param name="Servers">The logins by name.</param>
internal sealed record LoginFile(string? Default, IReadOnlyDictionary<string, Login> Servers)
{
    /// <summary>Reads the members one by one: metadata for the whole would take a tenth of the time of a command.</summary>
    /// <exception cref="JsonException">It is not such a file.</exception>
    public static LoginFile Parse(ReadOnlyMemory<byte> text)
    {
        using var json = JsonDocument.Parse(text);
        var servers = json.RootElement.Member("servers");
        return servers.ValueKind == JsonValueKind.Object
            ? new LoginFile(json.RootElement.Member("default").AsText(), servers.EnumerateObject().ToDictionary(server => server.Name, server => Login(server.Value)))
            : throw new JsonException();
    }

    public JsonObject ToJson()
    {
        var servers = new JsonObject();
        foreach (var (name, login) in Servers)
        {
            servers[name] = new JsonObject
            {
                ["url"] = login.Url,
                ["user"] = login.User,
                ["password"] = login.Password,
                ["key"] = login.Key,
                ["insecure"] = login.Insecure,
            };
        }

        return new JsonObject { ["default"] = Default, ["servers"] = servers };
    }

    private static Login Login(JsonElement json) => new(
        json.Member("url").AsText() ?? throw new JsonException(),
        json.Member("user").AsText(),
        json.Member("password").AsText(),
        json.Member("key").AsText(),
        json.Member("insecure").AsBoolean() == true);
}

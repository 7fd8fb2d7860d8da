using System.Text.Json.Serialization;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>A server that the user has logged in to.</summary>
/// <param name="Url">Without credentials; may have a channel.</param>
/// <param name="User">Null for reading without credentials.</param>
/// <param name="Password">Null if it is asked for, or a key is used.</param>
/// <param name="Key">An OpenSSH key, as <c>-i</c> takes it.</param>
/// <param name="Insecure">Whether any certificate of the server is accepted.</param>
internal sealed record Login(string Url, string? User, string? Password, string? Key, bool Insecure);

/// <summary>The content of the file with the logins.</summary>
/// <param name="Default">The name of the login that commands use which name no server.</param>
/// <param name="Servers">The logins by name.</param>
internal sealed record LoginFile(string? Default, IReadOnlyDictionary<string, Login> Servers);

/// <summary>Metadata that is generated at build time, since reflection would slow down the start of each command.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LoginFile))]
internal sealed partial class LoginJson : JsonSerializerContext;

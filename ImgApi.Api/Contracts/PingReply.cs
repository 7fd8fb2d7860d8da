using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>The answer to a ping (contract 5.1).</summary>
/// <param name="Ping">Always <c>pong</c>.</param>
/// <param name="Version">Version of the server.</param>
/// <param name="ImgApi">Always true; by it clients tell an image API from the older dataset API.</param>
/// <param name="Pid">Id of the server's process; absent where the mode hides it from this caller.</param>
/// <param name="User">Name of the authenticated user; absent for others.</param>
public sealed record PingReply(
    [property: JsonPropertyName("ping")] string Ping,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("imgapi")] bool ImgApi,
    [property: JsonPropertyName("pid")] int? Pid,
    [property: JsonPropertyName("user")] string? User)
{
    /// <summary>What a caller without credentials is told.</summary>
    public static PingReply ForAnyone(ServerRules rules) => For(user: null, showsPid: rules.TrustsAnonymous || rules.Mode == ServerMode.Mixed);

    /// <summary>What a caller with credentials is told.</summary>
    public static PingReply ForUser(string user) => For(user, showsPid: true);

    private static PingReply For(string? user, bool showsPid) =>
        new("pong", ServerVersion.Text, true, showsPid ? Environment.ProcessId : null, user);
}

using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>The answer to a ping (contract 5.1).</summary>
/// <param name="Ping">Always <c>pong</c>.</param>
/// <param name="Version">Version of the server.</param>
/// <param name="ImgApi">Always true; distinguishes the image API from the older dataset API.</param>
/// <param name="Pid">Id of the server's process; absent if the mode hides it from the caller.</param>
/// <param name="User">Name of the authenticated user; absent for strangers.</param>
internal sealed record PingReply(string Ping, string Version, [property: JsonPropertyName("imgapi")] bool ImgApi, int? Pid, string? User)
{
    /// <summary>The answer for strangers.</summary>
    public static PingReply ForAnyone(ServerRules rules) => For(user: null, showsPid: rules.TrustsAnonymous || rules.Mode == ServerMode.Mixed);

    /// <summary>The answer for a user.</summary>
    public static PingReply ForUser(string user) => For(user, showsPid: true);

    private static PingReply For(string? user, bool showsPid) =>
        new("pong", ServerVersion.Text, true, showsPid ? Environment.ProcessId : null, user);
}

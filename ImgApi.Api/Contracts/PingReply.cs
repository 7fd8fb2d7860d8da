using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>The answer to a ping (contract 5.1).</summary>
/// <param name="Ping">Always <c>pong</c>.</param>
/// <param name="Version">Version of the server.</param>
/// <param name="ImgApi">Always true; distinguishes the image API from the older dataset API.</param>
/// <param name="Pid">Id of the server's process; absent if the mode hides it from the caller.</param>
/// <param name="User">Name of the authenticated user; absent for strangers.</param>
/// <param name="Role">Role of the authenticated user: read, publish, manage or admin; absent for strangers.</param>
internal sealed record PingReply(
    string Ping, string Version, [property: JsonPropertyName("imgapi")] bool ImgApi, int? Pid, string? User, string? Role)
{
    /// <summary>The answer for a user, or for strangers, from whom some modes hide the process.</summary>
    public static PingReply For(string? user, ServerRules rules, Role? role = null)
    {
        var showsPid = user is not null || rules.TrustsAnonymous || rules.Mode == ServerMode.Mixed;
        return new("pong", ServerVersion.Text, true, showsPid ? Environment.ProcessId : null, user, role is { } known ? RoleTable.NameOf(known) : null);
    }
}

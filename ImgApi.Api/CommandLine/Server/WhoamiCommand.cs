using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi whoami</c>: the server of the commands, the user whom it recognizes, and all logins.</summary>
internal static class WhoamiCommand
{
    public static Command Create() => ClientCommand.Create("whoami", "Show the server, the user whom it recognizes, and the logins.", RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var ping = await session.Server.PingAsync(session.Source, session.RequestId, cancellation);
        var logins = LoginStore.OfUser().Read();
        if (session.Printer.IsJson)
        {
            session.Printer.Json(new JsonObject
            {
                ["url"] = session.Source.ToString(),
                ["user"] = ping.User,
                ["role"] = ping.Role,
                ["logins"] = new JsonArray([.. logins.Servers.Select(login => new JsonObject
                {
                    ["name"] = login.Key, ["url"] = login.Value.Url, ["user"] = login.Value.User, ["default"] = login.Key == logins.Default,
                })]),
            });
            return ExitCode.Done;
        }

        session.Printer.Line($"{ping.User ?? "Nobody (without credentials)"} at {session.Source}{(ping.Role is { } role ? $", role {role}" : "")}");
        if (!session.Printer.IsQuiet && logins.Servers.Count > 0)
        {
            var table = new Table(new Column("LOGIN"), new Column("URL"), new Column("USER"), new Column("DEFAULT"));
            foreach (var (name, login) in logins.Servers)
            {
                table.Add(name, login.Url, login.User ?? "", name == logins.Default ? "yes" : "");
            }

            session.Printer.Flush();
            session.Printer.Table(table);
        }

        return ExitCode.Done;
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi logout [NAME]</c>: forgets a login.</summary>
internal static class LogoutCommand
{
    private static readonly Argument<string?> Name = new("name") { Description = "Name or URL of the login; by default that of the default server.", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        var command = new Command("logout", "Forget the credentials for a server.") { Name };
        foreach (var option in OutputOptions.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => ClientCommand.RunAsync(parsed, printer => Task.FromResult(Run(printer, parsed)), cancellation));
        return command;
    }

    private static int Run(Printer printer, ParseResult parsed)
    {
        var store = LoginStore.OfUser();
        var logins = store.Read();
        var given = parsed.GetValue(Name) ?? logins.Default ?? throw new CommandException("there is no login", ExitCode.Refused);
        var name = logins.Servers.ContainsKey(given) ? given : logins.Servers.FirstOrDefault(server => server.Value.Url == given.TrimEnd('/')).Key;
        if (name is null)
        {
            throw new CommandException($"there is no login \"{VisibleText.Cut(given)}\"; imgapi whoami shows them", ExitCode.Refused);
        }

        store.Change(known =>
        {
            var rest = known.Servers.Where(server => server.Key != name).ToDictionary(StringComparer.Ordinal);
            return new LoginFile(known.Default == name ? rest.Keys.FirstOrDefault() : known.Default, rest);
        });
        printer.Result(new JsonObject { ["name"] = name }, name, $"Logged out of {name}");
        return ExitCode.Done;
    }
}

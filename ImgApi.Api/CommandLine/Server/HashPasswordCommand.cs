using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Api.CommandLine.Users;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>
/// <c>imgapi hash-password</c>: prints the hash of a password, which the configuration can contain instead of the password. On a terminal it
/// also shows the entry for <c>userdb</c>. Standard output has the hash alone, for scripts.
/// </summary>
internal static class HashPasswordCommand
{
    public const string Name = "hash-password";

    public static Command Create()
    {
        var user = new Option<string>("--user")
        {
            Description = "The name in the entry for \"userdb\" that is shown on a terminal.",
            HelpName = "name",
            DefaultValueFactory = _ => "admin",
        };
        var command = new Command(
            Name, "Print the hash of a password for \"userdb\". Reads it from the terminal, or one line from standard input.")
        {
            user, OutputOptions.Json,
        };
        command.SetAction((parsed, cancellation) => ClientCommand.RunAsync(parsed, printer => Task.FromResult(Run(printer, parsed.GetValue(user)!)), cancellation));
        return command;
    }

    private static int Run(Printer printer, string user)
    {
        var hash = PasswordHash.Create(NewPassword.Read()).ToString();
        printer.Result(new JsonObject { ["name"] = user, ["password"] = hash }, hash, hash);
        printer.Flush();
        if (!printer.IsJson && !Console.IsOutputRedirected)
        {
            Console.Error.WriteLine($"\nThe entry for \"userdb\" in the configuration:\n{{ \"name\": {JsonSerializer.Serialize(user)}, \"password\": \"{hash}\" }}");
        }

        return ExitCode.Done;
    }
}

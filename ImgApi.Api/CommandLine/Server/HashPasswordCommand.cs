using System.CommandLine;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.CommandLine;

/// <summary><c>imgapi hash-password</c>: prints the hash of a password, which the configuration can contain instead of the password.</summary>
internal static class HashPasswordCommand
{
    public const string Name = "hash-password";

    public static Command Create()
    {
        var command = new Command(
            Name, "Print the hash of a password for \"userdb\". Reads it from the terminal, or one line from standard input.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        var isInteractive = !Console.IsInputRedirected;
        var password = isInteractive ? Prompt.Secret("Password: ") : Console.In.ReadLine();
        if (string.IsNullOrEmpty(password))
        {
            Console.Error.WriteLine("imgapi: no password was given");
            return ImgApiCommand.Failure;
        }

        if (isInteractive && Prompt.Secret("Repeat: ") != password)
        {
            Console.Error.WriteLine("imgapi: the two passwords differ");
            return ImgApiCommand.Failure;
        }

        if (ConfigurationWarnings.IsWellKnown(password))
        {
            Console.Error.WriteLine("imgapi: this password is one of the first that attackers try; choose another one");
        }

        Console.WriteLine(PasswordHash.Create(password));
        return 0;
    }
}

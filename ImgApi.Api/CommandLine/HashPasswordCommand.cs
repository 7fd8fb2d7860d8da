using System.CommandLine;
using System.Text;
using ImgApi.Api.Configuration;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.CommandLine;

/// <summary><c>imgapi hash-password</c>: makes of a password what can stand in the configuration instead of it.</summary>
internal static class HashPasswordCommand
{
    /// <summary>Its word.</summary>
    public const string Name = "hash-password";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(
            Name, "Print the hash of a password for \"userdb\". Reads it from the terminal, or one line from standard input.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        var isAsked = !Console.IsInputRedirected;
        var password = isAsked ? Ask("Password: ") : Console.In.ReadLine();
        if (string.IsNullOrEmpty(password))
        {
            Console.Error.WriteLine("imgapi: no password was given");
            return ImgApiCommand.Failure;
        }

        if (isAsked && Ask("Once more: ") != password)
        {
            Console.Error.WriteLine("imgapi: the two passwords differ");
            return ImgApiCommand.Failure;
        }

        if (ConfigurationWarnings.IsWellKnown(password))
        {
            Console.Error.WriteLine("imgapi: this password is among the first that attackers try; choose another one");
        }

        Console.WriteLine(PasswordHash.Of(password));
        return 0;
    }

    /// <summary>Reads a line that the terminal does not show.</summary>
    private static string Ask(string prompt)
    {
        // Standard output is for the hash alone.
        Console.Error.Write(prompt);
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return text.ToString();
    }
}

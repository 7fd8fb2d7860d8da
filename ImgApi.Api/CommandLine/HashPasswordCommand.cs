using System.CommandLine;
using System.Text;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.CommandLine;

/// <summary><c>imgapi hash-password</c>: makes of a password what can stand in the configuration instead of it.</summary>
internal static class HashPasswordCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "hash-password", "Print the hash of a password for \"userdb\". Reads it from the terminal, or one line from standard input.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        var password = Console.IsInputRedirected ? Console.In.ReadLine() : AskTwice();
        if (string.IsNullOrEmpty(password))
        {
            Console.Error.WriteLine("imgapi: no password, or not the same one twice");
            return ImgApiCommand.Failure;
        }

        Console.WriteLine(PasswordHash.Of(password));
        return 0;
    }

    private static string? AskTwice()
    {
        var first = Ask("Password: ");
        return first.Length > 0 && first == Ask("Once more: ") ? first : null;
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

using System.Runtime.InteropServices;
using System.Text;

namespace ImgApi.Api.CommandLine.Output;

/// <summary>Asks the person at the terminal. The questions go to standard error, since standard output is for the result.</summary>
internal static class Prompt
{
    /// <summary>Asks for a line.</summary>
    public static string Line(string question)
    {
        using var exit = ExitAtInterrupt();
        Console.Error.Write(question);
        return Console.ReadLine()?.Trim() ?? "";
    }

    /// <summary>Asks for a line without showing it.</summary>
    public static string Secret(string question)
    {
        using var exit = ExitAtInterrupt();
        Console.Error.Write(question);
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

    /// <summary>Asks a question that only <c>y</c> or <c>yes</c> affirms.</summary>
    public static bool Confirm(string question) => Line($"{question} [y/N] ").ToLowerInvariant() is "y" or "yes";

    /// <summary>A read from the terminal cannot be canceled. No command has anything to undo while it asks.</summary>
    private static PosixSignalRegistration ExitAtInterrupt() => PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
    {
        Console.Error.WriteLine();
        Environment.Exit(ExitCode.Interrupted);
    });
}

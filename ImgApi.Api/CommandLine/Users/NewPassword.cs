using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Users;

/// <summary>A new password: asked for twice at a terminal, else one line of standard input.</summary>
internal static class NewPassword
{
    /// <exception cref="CommandException">There is no usable password.</exception>
    public static string Read()
    {
        var isInteractive = !Console.IsInputRedirected;
        var password = isInteractive ? Prompt.Secret("Password: ") : Console.In.ReadLine();
        if (string.IsNullOrEmpty(password))
        {
            throw new CommandException("no password was given", ExitCode.Refused);
        }

        if (isInteractive && Prompt.Secret("Repeat: ") != password)
        {
            throw new CommandException("the two passwords differ", ExitCode.Refused);
        }

        if (TokenSecret.IsSecret(password))
        {
            throw new CommandException("this is a token, which cannot be a password", ExitCode.Refused);
        }

        if (ConfigurationWarnings.IsWellKnown(password))
        {
            Console.Error.WriteLine("imgapi: this password is one of the first that attackers try; choose another one");
        }

        return password;
    }
}

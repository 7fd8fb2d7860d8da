using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;
using ImgApi.Infrastructure.Users;

namespace ImgApi.Api.CommandLine.Users;

/// <summary>What the commands that act on a users file have in common: its choice, the errors and the exit code.</summary>
internal static class UsersCommand
{
    public static readonly Option<Role?> Role = new("--role")
    {
        Description = $"What the user or token may do: {RoleTable.Choices}.",
        HelpName = "role",
        CustomParser = given =>
        {
            var role = RoleTable.Find(given.Tokens[0].Value);
            if (role is null)
            {
                given.AddError($"--role must be {RoleTable.Choices}");
            }

            return role;
        },
    };

    private static readonly Option<FileInfo?> File = new("--file")
    {
        Description = "The users file. Without it: the file that \"usersFile\" of the configuration names.",
        HelpName = "file",
    };

    /// <param name="run">Does the work, and prints the result.</param>
    /// <param name="symbols">The arguments and options of the command itself.</param>
    public static Command Create(
        string name, string description, Option<FileInfo?> configurationFile, Action<Printer, ParseResult, UsersTarget> run, params IEnumerable<Symbol> symbols)
    {
        var command = new Command(name, description);
        ClientCommand.AddSymbols(command, symbols.Concat([configurationFile, File, OutputOptions.Json, OutputOptions.Quiet]));
        command.SetAction((parsed, cancellation) => ClientCommand.RunAsync(
            parsed,
            printer => Task.FromResult(Run(Find(parsed, configurationFile), target => run(printer, parsed, target))),
            cancellation));
        return command;
    }

    private static UsersTarget Find(ParseResult parsed, Option<FileInfo?> configurationFile)
    {
        if (parsed.GetValue(File) is { } file)
        {
            return new UsersTarget(file.FullName, null);
        }

        try
        {
            var configuration = parsed.GetValue(configurationFile) is { } given ? ConfigurationFile.Read(given.FullName) : LocalDefault.Find(LocalDefault.Home);
            return configuration.UsersFile is { } path
                ? new UsersTarget(path, configuration)
                : throw new CommandException($"the configuration {configuration.Source!.Name} names no users file: add the key \"usersFile\", or give --file");
        }
        catch (ConfigurationException problem)
        {
            throw new CommandException(problem.Message);
        }
    }

    private static int Run(UsersTarget target, Action<UsersTarget> run)
    {
        try
        {
            run(target);
            return ExitCode.Done;
        }
        catch (UsersEditException refusal)
        {
            throw new CommandException(refusal.Message, ExitCode.Refused);
        }
        catch (FormatException problem)
        {
            throw new CommandException($"cannot use the users file {target.Path}: {problem.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"cannot use the users file {target.Path}: {FileFault.Describe(fault)}");
        }
    }
}

/// <summary>The users file of a command.</summary>
/// <param name="Configuration">The configuration of its server; null if the command names the file alone.</param>
internal sealed record UsersTarget(string Path, ServerConfiguration? Configuration)
{
    public UsersFile File { get; } = new(Path);

    /// <summary>The role of a user of the file or of <c>userdb</c>; null if there is no such user.</summary>
    public Role? RoleOf(string user) =>
        File.Read().Users.FirstOrDefault(entry => entry.Name == user)?.Role ?? Configuration?.Users.FirstOrDefault(entry => entry.Name == user)?.Role;

    /// <summary>Whether the user has keys, which stay valid without an entry in the users file.</summary>
    public bool HasKeys(string user) =>
        Configuration?.Keys.ContainsKey(user) == true
        || (Configuration?.KeyFolder is { } folder && System.IO.File.Exists(System.IO.Path.Combine(folder, user + ".keys")));
}

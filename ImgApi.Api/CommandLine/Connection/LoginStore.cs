using System.Text;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>
/// The logins of this user in <c>~/.config/imgapi/hosts.json</c>. The file contains passwords: only its user may read it (0600), and it is not
/// used if others can.
/// </summary>
internal sealed class LoginStore(string file)
{
    private static readonly LoginFile Empty = new(null, new Dictionary<string, Login>());

    public string File { get; } = file;

    /// <summary>The store of the user who runs the program, below <c>XDG_CONFIG_HOME</c> if it is set.</summary>
    public static LoginStore OfUser() => new(Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder && Path.IsPathRooted(folder)
            ? folder
            : Path.Combine(LocalDefault.Home, ".config"),
        "imgapi",
        "hosts.json"));

    /// <summary>Reads the logins; none if the file does not exist.</summary>
    /// <exception cref="CommandException">The file cannot be read, or others can read it.</exception>
    public LoginFile Read()
    {
        try
        {
            if (SecretFile.IsOpenToOthers(File))
            {
                throw new CommandException($"{File} contains passwords, and others can read or change it: chmod 600 {File}");
            }

            return LoginFile.Parse(System.IO.File.ReadAllBytes(File));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Empty;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{File}: {FileFault.Describe(fault)}");
        }
        catch (JsonException)
        {
            throw new CommandException($"{File} is not a file of logins: remove it, and log in again");
        }
    }

    /// <summary>Replaces the logins by a change of those in the file. Changes of several processes wait for each other.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public void Change(Func<LoginFile, LoginFile> change)
    {
        try
        {
            var folder = Path.GetDirectoryName(File)!;
            DurableFile.CreateFolder(folder);
            using var held = FolderLock.Acquire(folder);
            SecretFile.Replace(File, Encoding.UTF8.GetBytes(change(Read()).ToJson().ToJsonString(new() { WriteIndented = true })));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{File}: {FileFault.Describe(fault)}");
        }
    }
}

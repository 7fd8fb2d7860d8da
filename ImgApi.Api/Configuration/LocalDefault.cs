using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImgApi.Infrastructure.Posix;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.Configuration;

/// <summary>
/// The configuration of a user who has written none: this machine only, images under the home folder, one user with a random
/// password, of which the file keeps the hash.
/// </summary>
internal static class LocalDefault
{
    private const string User = "admin";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The home folder of the user who runs the program; empty if it has none.</summary>
    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>Finds the configuration that counts when none is named.</summary>
    /// <param name="home">The user's home folder.</param>
    /// <exception cref="ConfigurationException">There is none, or it cannot be used.</exception>
    public static ServerConfiguration Find(string home)
    {
        var (own, generated) = Files(home);
        var file = new[] { own, generated }.FirstOrDefault(File.Exists);
        return file is not null ? ConfigurationFile.Read(file) : throw new ConfigurationException(own, [$"there is no such file, nor {generated}"]);
    }

    /// <summary>The same, and makes one if there is none.</summary>
    /// <param name="home">The user's home folder.</param>
    /// <returns>The configuration, and the login if it was made just now.</returns>
    /// <exception cref="ConfigurationException">A file was found that cannot be used, or none can be made.</exception>
    public static (ServerConfiguration Configuration, NewLogin? NewLogin) FindOrMake(string home)
    {
        var (own, generated) = Files(home);
        var login = File.Exists(own) || File.Exists(generated) ? null : Generate(Path.GetDirectoryName(generated)!, generated);
        return (Find(home), login);
    }

    private static (string Own, string Generated) Files(string home) => home.Length > 0
        ? (Path.Combine(home, ".imgapi.json"), Path.Combine(home, ".imgapi", "config.json"))
        : throw new ConfigurationException(".imgapi.json", ["this user has no home folder to look in: name a configuration file with -c"]);

    private static NewLogin Generate(string folder, string file)
    {
        var password = RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyz23456789", length: 20);
        var configuration = new JsonObject
        {
            ["datadir"] = Path.Combine(folder, "images"),
            ["port"] = ServerConfiguration.DefaultPort,
            ["host"] = "localhost",
            ["address"] = "127.0.0.1",
            ["userdb"] = new JsonArray(new JsonObject { ["name"] = User, ["password"] = $"{PasswordHash.Of(password)}" }),
        };
        try
        {
            Write(folder, file, JsonSerializer.SerializeToUtf8Bytes(configuration, Indented));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(file, [FileFault.Describe(fault)]);
        }

        return new NewLogin(User, password);
    }

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, Private | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Renamed into place when it is whole, so that no later start finds half of it.</summary>
    private static void Write(string folder, string file, byte[] text)
    {
        MakePrivate(folder);
        var temporary = file + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(text);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, file);
    }
}

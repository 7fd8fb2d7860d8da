using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using ImgApi.Infrastructure.Posix;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.Configuration;

/// <summary>
/// The configuration if the command line names none: a file in the home folder or, without one, the environment variables if they name the data
/// folder. A new file serves this machine only, with images below the home folder and one user with a random password, whose hash is in it.
/// </summary>
internal static class LocalDefault
{
    private const string User = "admin";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The home folder of the user who runs the program; empty if there is none.</summary>
    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The path of the existing configuration, or of the one that <see cref="FindOrCreate"/> would create.</summary>
    /// <exception cref="ConfigurationException">There is no home folder.</exception>
    public static string FindPath(string home)
    {
        var (own, created) = Files(home);
        return File.Exists(own) ? own : created;
    }

    /// <summary>Whether the environment variables are the whole configuration, as in a container.</summary>
    public static bool IsInVariables(string home) =>
        new ConfigurationVariables(Environment.GetEnvironmentVariables()).VariableOf("datadir") is not null && (home.Length == 0 || !File.Exists(FindPath(home)));

    /// <summary>Reads the existing configuration.</summary>
    /// <exception cref="ConfigurationException">The configuration is missing or not valid.</exception>
    public static ServerConfiguration Find(string home)
    {
        if (IsInVariables(home))
        {
            return ConfigurationFile.Read(null);
        }

        var (own, created) = Files(home);
        var file = new[] { own, created }.FirstOrDefault(File.Exists);
        return file is not null ? ConfigurationFile.Read(file) : throw new ConfigurationException(own, [$"there is no such file, nor {created}"]);
    }

    /// <summary>Reads the existing configuration, or creates one.</summary>
    /// <returns>The configuration, and the login if it is new.</returns>
    /// <exception cref="ConfigurationException">The file is not valid or cannot be created.</exception>
    public static (ServerConfiguration Configuration, NewLogin? NewLogin) FindOrCreate(string home)
    {
        if (IsInVariables(home))
        {
            return (ConfigurationFile.Read(null), null);
        }

        var (own, created) = Files(home);
        var login = File.Exists(own) || File.Exists(created) ? null : Create(Path.GetDirectoryName(created)!, created);
        return (Find(home), login);
    }

    private static (string Own, string Created) Files(string home) => home.Length > 0
        ? (Path.Combine(home, ".imgapi.json"), Path.Combine(home, ".imgapi", "config.json"))
        : throw new ConfigurationException(".imgapi.json", ["this user has no home folder: name a configuration file with -c, or set IMGAPI_DATADIR"]);

    private static NewLogin Create(string folder, string file)
    {
        var password = RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyz23456789", length: 20);
        var configuration = new JsonObject
        {
            ["datadir"] = Path.Combine(folder, "images"),
            ["port"] = ServerConfiguration.DefaultPort,
            ["host"] = "localhost",
            ["address"] = "127.0.0.1",
            ["userdb"] = new JsonArray(new JsonObject { ["name"] = User, ["password"] = $"{PasswordHash.Create(password)}" }),
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

    /// <summary>Renames the complete file into place, so that no later start finds a part of it.</summary>
    private static void Write(string folder, string file, byte[] text)
    {
        DurableFile.CreateFolder(folder);
        var temporary = file + ".new";
        File.Delete(temporary);
        DurableFile.WriteNew(temporary, text);
        File.Move(temporary, file);
    }
}

/// <summary>The user of a new configuration. The password is shown once and never stored.</summary>
internal sealed record NewLogin(string User, string Password);

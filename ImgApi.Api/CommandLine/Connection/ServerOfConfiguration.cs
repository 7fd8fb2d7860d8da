using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>
/// The server of the configuration, a file or environment variables: its <c>host</c>, <c>port</c> and first user, as trondn/imgapi means them. Reads only these keys, since
/// the configuration as a whole is not this command's business, and takes longer.
/// </summary>
internal static class ServerOfConfiguration
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <returns>Null if the user has no configuration.</returns>
    /// <exception cref="CommandException">The file cannot be used.</exception>
    public static Login? Find(string home)
    {
        if (LocalDefault.IsInVariables(home))
        {
            return OfVariables();
        }

        var file = new[] { Path.Combine(home, ".imgapi.json"), Path.Combine(home, ".imgapi", "config.json") }.FirstOrDefault(File.Exists);
        if (home.Length == 0 || file is null)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), Options);
            return Read(json.RootElement);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file}: {FileFault.Describe(fault)}");
        }
        catch (JsonException)
        {
            throw new CommandException($"{file} is not valid JSON: imgapi check-config says where");
        }
        catch (UriFormatException)
        {
            throw new CommandException($"{file} names no server: its \"host\" is not the name or address of a host");
        }
    }

    /// <summary>The server in the same container. Its <c>host</c> is the name for other machines, and may lead to another container.</summary>
    private static Login OfVariables()
    {
        try
        {
            var values = ConfigurationFile.Read(null).Source!.Values.Where(value => value.Key != "host");
            return Read(JsonSerializer.SerializeToElement(values.ToDictionary()));
        }
        catch (ConfigurationException problem)
        {
            throw new CommandException(problem.Message);
        }
    }

    private static Login Read(JsonElement json)
    {
        var host = json.Member("host").AsText() ?? Reachable(json.Member("address").AsText());
        var port = json.Member("port").AsWholeNumber() is > 0 and <= 65535 and var number ? (int)number : ServerConfiguration.DefaultPort;
        var scheme = json.Member("tls").IsGiven() ? "https" : "http";
        var user = json.Member("userdb").Items().FirstOrDefault();
        var password = user.Member("password").AsText();
        return new Login(
            new UriBuilder(scheme, host, port, json.Member("pathBase").AsText() ?? "/").Uri.AbsoluteUri.TrimEnd('/'),
            user.Member("name").AsText(),
            password?.StartsWith(PasswordHash.Prefix, StringComparison.Ordinal) == true ? null : password,
            Key: null,
            Insecure: false);
    }

    private static string Reachable(string? address) => address is null or "0.0.0.0" or "::" or "[::]" ? "localhost" : address;
}

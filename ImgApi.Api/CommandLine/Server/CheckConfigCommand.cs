using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Api.Hosting;
using ImgApi.Infrastructure;
using ImgApi.Infrastructure.Posix;
using ImgApi.Infrastructure.Security;
using ImgApi.Infrastructure.Users;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>
/// <c>imgapi check-config</c>: reports every problem and warning of a configuration, and prints the values that the server would use. It
/// creates nothing, and does not touch the data folder or the port, so a server may be running.
/// </summary>
internal static class CheckConfigCommand
{
    public static Command Create(Option<FileInfo?> configurationFile)
    {
        var command = new Command(
            "check-config", "Check the configuration of a server and print the values that it would use. Exit code: 1 if the server would not start.")
        {
            configurationFile, OutputOptions.Json,
        };
        command.SetAction((parsed, cancellation) => ClientCommand.RunAsync(
            parsed, printer => Task.FromResult(Run(printer, parsed.GetValue(configurationFile)?.FullName)), cancellation));
        return command;
    }

    private static int Run(Printer printer, string? file)
    {
        try
        {
            var configuration = file is not null ? ConfigurationFile.Read(file) : LocalDefault.Find(LocalDefault.Home);
            Print(printer, configuration, ConfigurationWarnings.Of(WithFiles(configuration)));
            return ExitCode.Done;
        }
        catch (ConfigurationException problem)
        {
            if (printer.IsJson)
            {
                printer.Json(new JsonObject { ["valid"] = false, ["problems"] = Texts(problem.Problems) });
            }

            Console.Error.WriteLine($"imgapi: {problem.Message}");
            return ExitCode.Refused;
        }
    }

    /// <summary>Reads the files that the configuration names, as a start of the server does.</summary>
    /// <returns>The configuration with the users of the users file.</returns>
    private static ServerConfiguration WithFiles(ServerConfiguration configuration)
    {
        var all = configuration;
        var problems = new[] { Problem(() => ReadKeys(configuration)), Problem(() => all = WithUsers(configuration)), Problem(() => ReadCertificate(configuration)) }
            .OfType<string>().ToArray();
        return problems.Length == 0 ? all : throw new ConfigurationException(configuration.Source!.Name, problems);
    }

    private static string? Problem(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (IOException fault)
        {
            return fault.Message;
        }
    }

    private static void ReadKeys(ServerConfiguration configuration)
    {
        if (configuration.Authentication.HasFlag(AuthenticationKind.Signature))
        {
            using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
                .AddImgApiSecurity(new KeySources(configuration.Keys, configuration.KeyFolder), []).BuildServiceProvider();
            services.GetRequiredService<IUserKeys>();
        }
    }

    private static ServerConfiguration WithUsers(ServerConfiguration configuration)
    {
        try
        {
            return configuration is { HasTokens: true, UsersFile: { } path } ? MergedUsers.Of(configuration, new UsersFile(path).Read()) : configuration;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new IOException($"cannot use the users file {configuration.UsersFile}: {(fault is FormatException ? fault.Message : FileFault.Describe(fault))}", fault);
        }
    }

    private static void ReadCertificate(ServerConfiguration configuration)
    {
        if (configuration.Tls is { } files)
        {
            _ = new ServerCertificate(files, NullLogger<ServerCertificate>.Instance);
        }
    }

    private static void Print(Printer printer, ServerConfiguration configuration, IReadOnlyList<string> warnings)
    {
        var values = EffectiveConfiguration.Of(configuration, new(Environment.GetEnvironmentVariables()));
        if (printer.IsJson)
        {
            printer.Json(new JsonObject
            {
                ["valid"] = true,
                ["file"] = configuration.Source!.File,
                ["values"] = new JsonArray([.. values.Select(one => new JsonObject { ["key"] = one.Key, ["value"] = one.Value, ["origin"] = one.Origin })]),
                ["warnings"] = Texts(warnings),
            });
            return;
        }

        var table = new Table(new Column("KEY"), new Column("VALUE", MayWrap: true), new Column("ORIGIN")) { HasHeadings = false };
        foreach (var (key, value, origin) in values)
        {
            table.Add(key, value, origin);
        }

        printer.Table(table);
        foreach (var warning in warnings)
        {
            Console.Error.WriteLine($"imgapi: warning: {warning}");
        }

        Console.Error.WriteLine($"imgapi: {configuration.Source!.Name} is valid, with {Count.Of(warnings.Count, "warning")}");
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}

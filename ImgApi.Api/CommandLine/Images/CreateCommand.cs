using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi create</c>: creates an image without its file.</summary>
internal static class CreateCommand
{
    /// <summary>The command that shows whether an image was created.</summary>
    public const string Search = "list state=unactivated";

    public static readonly string FieldsDescription =
        $"FIELD=VALUE: name=web version=1.0 os=smartos type=zone-dataset; they override the manifest's. The types are {string.Join(", ", ImageType.All)}.";

    private static readonly Option<FileInfo?> Manifest = new("--manifest", "-m") { Description = "A file with the manifest; - for standard input.", HelpName = "file" };

    private static readonly Argument<string[]> Fields = new("field")
    {
        Description = FieldsDescription,
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create() => ClientCommand.Create(
        "create", "Create an image from a manifest or fields; upload and activate complete it.", RunAsync, Fields, Manifest);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var manifest = Combine(parsed.GetValue(Manifest), parsed.GetValue(Fields)!);
        var created = await Refusals.WithSearchAsync(
            parsed, Search, session.Printer.Note, () => session.Changes.CreateAsync(session.Source, manifest, session.RequestId, cancellation));
        session.PrintChanged("Created", created.Json);
        return ExitCode.Done;
    }

    /// <summary>The manifest of a file and of arguments.</summary>
    /// <exception cref="CommandException">There is no manifest, or it cannot be read.</exception>
    public static JsonElement Combine(FileInfo? file, IReadOnlyCollection<string> fields)
    {
        if (file is null && fields.Count == 0)
        {
            throw new CommandException("there is no manifest: give a file with -m, or fields such as name=web version=1.0 os=smartos type=zone-dataset");
        }

        var given = file is null ? JsonElement.Parse("{}") : ReadManifest(file);
        var overriding = ManifestArguments.Parse(fields).ToJson(given);
        var document = new ManifestDocument(given);
        foreach (var field in overriding.EnumerateObject())
        {
            document[field.Name] = field.Value;
        }

        return ManifestJson.Of(document);
    }

    /// <exception cref="CommandException">The file cannot be read, or contains no JSON object.</exception>
    public static JsonElement ReadManifest(FileInfo file)
    {
        try
        {
            // The file option makes a full path of the hyphen.
            using var input = file.Name == "-" ? Console.OpenStandardInput() : file.OpenRead();
            using var json = JsonDocument.Parse(input);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json.RootElement.Clone()
                : throw new CommandException($"{file.Name} is not a manifest, which is a JSON object");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file.FullName}: {FileFault.Describe(fault)}");
        }
        catch (JsonException fault)
        {
            throw new CommandException($"{file.Name} is not valid JSON, line {fault.LineNumber + 1}");
        }
    }
}

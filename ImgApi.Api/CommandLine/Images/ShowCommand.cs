using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi show IMAGE</c>: one image, or with <c>--tree</c> what it is built on and what is built on it.</summary>
internal static class ShowCommand
{
    private static readonly Option<bool> Tree = new("--tree") { Description = "Show its origins, and the images that have it as their origin." };

    private static readonly string[] UsageFields = ["fetches", "last_fetch"];

    public static Command Create() => ClientCommand.Create(
        "show", "Show an image; with --json its manifest.", RunAsync, ImageFinder.Argument, Tree);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var manifest = await session.FindAsync(parsed.GetValue(ImageFinder.Argument)!, cancellation);
        if (parsed.GetValue(Tree))
        {
            await ImageTree.PrintAsync(session, manifest, cancellation);
        }
        else if (session.Printer.IsJson)
        {
            session.Printer.Json(manifest.Json);
        }
        else if (session.Printer.IsQuiet)
        {
            session.Printer.Line($"{manifest.Uuid}");
        }
        else
        {
            session.Printer.Table(Fields(manifest.Json, await UsageAsync(session, manifest.Uuid!.Value, cancellation), session.Printer));
        }

        return ExitCode.Done;
    }

    private static Table Fields(JsonElement manifest, JsonElement usage, Printer printer)
    {
        var table = Table.OfFields();
        foreach (var member in manifest.EnumerateObject().Where(member => member.Name is not ("v" or "files")))
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in member.Value.EnumerateObject())
                {
                    table.Add($"{member.Name}.{inner.Name}", ImageFields.Text(member.Value, inner.Name));
                }
            }
            else
            {
                table.Add(member.Name, ImageFields.Text(manifest, member.Name));
            }
        }

        if (ImageFields.Number(manifest, ImageFields.Size) is { } size)
        {
            table.Add(ImageFields.Size, printer.Size(size));
            table.Add("sha1", ImageFields.Text(manifest, "sha1"));
            table.Add("compression", ImageFields.Text(manifest, "compression"));
        }

        foreach (var field in UsageFields.Where(field => usage.Member(field).IsGiven()))
        {
            table.Add(field, ImageFields.Text(usage, field));
        }

        return table;
    }

    /// <summary>How often the image was fetched; undefined on servers that do not say it, or not to this user.</summary>
    private static async Task<JsonElement> UsageAsync(Session session, Uuid image, CancellationToken cancellation)
    {
        try
        {
            return session.HasCredentials
                ? await session.Server.ListUsageAsync(session.Source, image, session.RequestId, cancellation).FirstOrDefaultAsync(cancellation)
                : default;
        }
        catch (ImgApiException)
        {
            return default;
        }
    }
}

using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi tag list|set|remove IMAGE</c>: the tags of an image.</summary>
internal static class TagCommand
{
    private const string Tags = "tags";

    private static readonly Argument<string[]> Pairs = new("tag") { Description = "KEY=VALUE", Arity = ArgumentArity.OneOrMore };
    private static readonly Argument<string[]> Keys = new("key") { Description = "The keys to remove.", Arity = ArgumentArity.OneOrMore };

    public static Command Create() => new("tag", "Show, set and remove the tags of an image.")
    {
        ClientCommand.Create("list", "Show the tags of an image.", ListAsync, ImageFinder.Argument),
        ImageChange.Command("set", "Set tags of an image; its other tags stay.", "Tagged", ImageState.Active, SetAsync, Pairs),
        ImageChange.Command("remove", "Remove tags of an image.", "Untagged", ImageState.Active, RemoveAsync, Keys),
    };

    private static async Task<int> ListAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var tags = (await session.FindAsync(parsed.GetValue(ImageFinder.Argument)!, cancellation)).Json.Member(Tags);
        if (session.Printer.IsJson)
        {
            session.Printer.Json(tags.IsGiven() ? tags : JsonElement.Parse("{}"));
            return ExitCode.Done;
        }

        var table = new Table(new Column("KEY"), new Column("VALUE", MayWrap: true));
        foreach (var tag in tags.ValueKind == JsonValueKind.Object ? tags.EnumerateObject() : default)
        {
            table.Add(tag.Name, ImageFields.Text(tags, tag.Name));
        }

        session.Printer.Table(table);
        return ExitCode.Done;
    }

    private static Task<JsonElement> SetAsync(Session session, RemoteImage image, ParseResult parsed, CancellationToken cancellation) =>
        ChangeAsync(session, image, ManifestArguments.Parse(parsed.GetValue(Pairs)!, Tags), cancellation);

    private static async Task<JsonElement> RemoveAsync(Session session, RemoteImage image, ParseResult parsed, CancellationToken cancellation)
    {
        var keys = parsed.GetValue(Keys)!;
        var tags = (await session.Images.GetManifestAsync(image, cancellation)).Json.Member(Tags);
        var missing = Array.Find(keys, key => !tags.Member(key).IsGiven());
        return missing is null
            ? await ChangeAsync(session, image, ManifestArguments.Parse(keys.Select(key => $"{key}="), Tags), cancellation)
            : throw new CommandException($"the image has no tag \"{VisibleText.Cut(missing)}\"", ExitCode.Refused);
    }

    private static async Task<JsonElement> ChangeAsync(Session session, RemoteImage image, ManifestArguments tags, CancellationToken cancellation)
    {
        var before = await session.Images.GetManifestAsync(image, cancellation);
        return await session.Changes.ActAsync(image, "update", tags.ToJson(before.Json), cancellation);
    }
}

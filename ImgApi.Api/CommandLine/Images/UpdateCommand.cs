using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi update IMAGE FIELD=VALUE...</c>: changes fields of the manifest.</summary>
internal static class UpdateCommand
{
    private static readonly Argument<string[]> Fields = new("field")
    {
        Description = "FIELD=VALUE, such as description='A web server' or requirements.min_ram=1024; FIELD= removes it.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create() => ImageChange.Command(
        "update", "Change fields of the manifest of an image.", "Updated", ImageState.Active, UpdateAsync, Fields);

    private static async Task<JsonElement> UpdateAsync(Session session, RemoteImage image, ParseResult parsed, CancellationToken cancellation)
    {
        var fields = ManifestArguments.Parse(parsed.GetValue(Fields)!);
        // An update replaces whole fields, so that a change inside of one needs the rest of it.
        var before = fields.NeedsManifest ? (await session.Images.GetManifestAsync(image, cancellation)).Json : default;
        return await session.Changes.ActAsync(image, "update", fields.ToJson(before), cancellation);
    }
}

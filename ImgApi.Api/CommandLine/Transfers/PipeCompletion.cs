using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>What is left to do after a pipe broke.</summary>
internal static class PipeCompletion
{
    /// <summary>The commands that complete an image which was created, but whose file came from a pipe.</summary>
    public static string Commands(ParseResult parsed, Uuid image, Publication publication)
    {
        var icon = parsed.GetValue(PublishCommand.Icon) is { } picture ? GoOn.Command(parsed, $"icon set {image} {GoOn.Quote(picture)}") + " && " : "";
        return icon + GoOn.Command(
            parsed, $"upload {image} -f {publication.Source.Path}{(publication.Activates ? " --activate" : "")}",
            [TransferOptions.Compression, TransferOptions.Force, TransferOptions.NoResume, .. TransferOptions.Pace]);
    }
}

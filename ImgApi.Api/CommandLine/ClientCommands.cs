using ImgApi.Api.CommandLine.Help;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Server;
using ImgApi.Api.CommandLine.Transfers;

namespace ImgApi.Api.CommandLine;

/// <summary>The commands that speak to a server, grouped by what people want to do.</summary>
internal static class ClientCommands
{
    public static IEnumerable<CommandGroup> Create() =>
    [
        new("Get started", [LoginCommand.Create(), LogoutCommand.Create(), WhoamiCommand.Create(), PingCommand.Create()]),
        new("Find images", [ListCommand.Create(), ShowCommand.Create(), SearchCommand.Create()]),
        new("Publish images", [PublishCommand.Create(), CreateCommand.Create(), UploadCommand.Create(), ActivateCommand.Create(), IconCommand.Create()]),
        new("Approve images", [ApprovalsCommand.Create(), ApproveCommand.Create(), RejectCommand.Create()]),
        new("Change images",
        [
            UpdateCommand.Create(), TagCommand.Create(), AclCommand.Create(), ChannelCommand.Create(), EnableCommand.Create(), EnableCommand.CreateDisable(),
            CloneCommand.Create(), DeleteCommand.Create(), PruneCommand.Create(),
        ]),
        new("Move files", [DownloadCommand.Create(), ExportCommand.Create()]),
        new("Work with other servers", [ImportCommand.Create(), JobsCommand.Create(), CopyCommand.Create()]),
    ];
}

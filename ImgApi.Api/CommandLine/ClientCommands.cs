using System.CommandLine;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Server;

namespace ImgApi.Api.CommandLine;

/// <summary>The commands that speak to a server.</summary>
internal static class ClientCommands
{
    public static IEnumerable<Command> Create() =>
    [
        LoginCommand.Create(), LogoutCommand.Create(), WhoamiCommand.Create(),
        ListCommand.Create(), ShowCommand.Create(),
        CreateCommand.Create(), ActivateCommand.Create(), EnableCommand.Create(), EnableCommand.CreateDisable(), UpdateCommand.Create(),
        TagCommand.Create(), AclCommand.Create(), ChannelCommand.Create(), IconCommand.Create(), CloneCommand.Create(), DeleteCommand.Create(),
        SearchCommand.Create(), ImportCommand.Create(), JobsCommand.Create(),
        PingCommand.Create(), HealthCommand.Create(), DiskUsageCommand.Create(),
    ];
}

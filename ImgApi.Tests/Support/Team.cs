using ImgApi.Api.Configuration;
using ImgApi.Domain.Access;

namespace ImgApi.Tests.Support;

/// <summary>Users of a server, one of each role and a second one who publishes, besides <see cref="TestServer.User"/>. Names are passwords.</summary>
internal static class Team
{
    public const string Reader = "reader";
    public const string Publisher = "publisher";
    public const string OtherPublisher = "other";
    public const string Manager = "manager";

    public static ServerConfiguration With(ServerConfiguration configuration) => configuration with
    {
        Users =
        [
            .. configuration.Users, Of(Reader, Role.Read), Of(Publisher, Role.Publish), Of(OtherPublisher, Role.Publish), Of(Manager, Role.Manage),
        ],
    };

    public static Role RoleOf(string user) => With(new ServerConfiguration { DataFolder = "" }).RoleOf(user);

    private static UserEntry Of(string name, Role role) => new(name, name) { Role = role };
}

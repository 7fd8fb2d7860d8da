using System.Net;
using ImgApi.Domain.Images;
namespace ImgApi.Api.Configuration;
#pragma warning disable CS1591
public enum AuthenticationKind { Basic, None }
public sealed record UserEntry(string Name, string Password);
public sealed record ServerConfiguration
{
    public required string DataFolder { get; init; }
    public int Port { get; init; }
    public IPAddress Address { get; init; } = IPAddress.Any;
    public IReadOnlyList<UserEntry> Users { get; init; } = [];
    public ServerRules Rules { get; init; } = new();
    public AuthenticationKind Authentication { get; init; }
    public string ServerName { get; init; } = "imgapi/" + ServerVersion.Text;
}

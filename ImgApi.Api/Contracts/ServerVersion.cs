using System.Reflection;

namespace ImgApi.Api.Contracts;

/// <summary>The version of this server.</summary>
internal static class ServerVersion
{
    /// <summary>Three numbers, for instance <c>1.0.0</c>.</summary>
    public static string Text { get; } = Assembly.GetExecutingAssembly().GetName().Version!.ToString(fieldCount: 3);
}

namespace ImgApi.Api.Http;

/// <summary>A request of the action is a change, for the log, only if it notes a <see cref="ChangedImage"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LoggedIfChangedAttribute : Attribute;

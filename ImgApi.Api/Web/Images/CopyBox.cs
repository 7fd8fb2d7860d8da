namespace ImgApi.Api.Web.Images;

/// <summary>A text with a button that copies it.</summary>
/// <param name="Id">Of the element with the text.</param>
internal sealed record CopyBox(string Id, string Label, string Text);

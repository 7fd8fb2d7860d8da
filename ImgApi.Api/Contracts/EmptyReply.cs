namespace ImgApi.Api.Contracts;

/// <summary>An object without members: it is done, and there is nothing to say about it.</summary>
public sealed record EmptyReply;

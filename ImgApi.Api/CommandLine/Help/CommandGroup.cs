using System.CommandLine;

namespace ImgApi.Api.CommandLine.Help;

/// <summary>Commands for the same purpose. The help and the manual page show them under one heading.</summary>
internal sealed record CommandGroup(string Title, IReadOnlyList<Command> Commands);

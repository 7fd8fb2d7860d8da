using System.CommandLine;

namespace ImgApi.Api.CommandLine.Help;

/// <summary><c>imgapi man</c>: prints the manual page, which is generated from the commands.</summary>
internal static class ManCommand
{
    public static Command Create(RootCommand root, IReadOnlyList<CommandGroup> groups)
    {
        var command = new Command("man", "Print the manual page. To read it: imgapi man | man -l -");
        command.SetAction(_ => Console.Out.Write(new ManPage().Write(root, groups)));
        return command;
    }
}

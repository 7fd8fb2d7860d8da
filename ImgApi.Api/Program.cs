using ImgApi.Api.CommandLine;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Api.CommandLine.Server;
using ImgApi.Api.Hosting;

return FileLimitCheck.Refuses() ? ExitCode.Refused : await ImgApiCommand.RunAsync(args, ServerHost.RunAsync);

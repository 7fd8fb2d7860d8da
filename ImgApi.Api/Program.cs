using ImgApi.Api.CommandLine;
using ImgApi.Api.Hosting;

return await ImgApiCommand.RunAsync(args, ServerHost.RunAsync);

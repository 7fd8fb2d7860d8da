using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>
/// How the answers that are sent most are written, worked out when the program is compiled: to find it out by reflection is a
/// good part of the time that a start and a first list take. The other contracts are few and seldom.
/// </summary>
[JsonSerializable(typeof(PingReply))]
[JsonSerializable(typeof(ImageManifest))]
internal sealed partial class ContractJson : JsonSerializerContext;

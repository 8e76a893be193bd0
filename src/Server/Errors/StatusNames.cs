using System.Collections.Frozen;
using System.Text.Json;
using Grpc.Core;

namespace TopicGrpc.Server.Errors;

/// <summary>Names of statuses in the spelling of the protocol, such as <c>DEADLINE_EXCEEDED</c>.</summary>
internal static class StatusNames
{
    private static readonly FrozenDictionary<StatusCode, string> Names = Enum.GetValues<StatusCode>().ToFrozenDictionary(
        static code => code,
        static code => code == StatusCode.OK ? "OK" : JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString()));

    /// <summary>Returns the name of a status; <c>UNKNOWN</c> for a number that is none.</summary>
    public static string Of(StatusCode code) => Names.GetValueOrDefault(code, "UNKNOWN");
}

using System.Text.RegularExpressions;

namespace TopicGrpc.Server.Errors;

/// <summary>Messages of argument exceptions for clients.</summary>
internal static partial class ArgumentText
{
    /// <summary>Returns the message without the parameter and the value that .NET appends: clients know neither.</summary>
    public static string Of(ArgumentException exception) => Appended().Replace(exception.Message, string.Empty);

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)(\s*Actual value was .*)?", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Appended();
}

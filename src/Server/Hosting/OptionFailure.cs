using System.Text.RegularExpressions;

namespace TopicGrpc.Server.Hosting;

/// <summary>Words the failures of options validators in one way: <c>Section:Option: rule</c>.</summary>
internal static partial class OptionFailure
{
    private const string Range = "must be between";

    /// <summary>Returns the message of a failure. The value is added to a violated range only: other options may be secrets.</summary>
    /// <param name="failure">Message of a validator; generated validators write <c>Option: The field Type.Option …</c>.</param>
    /// <param name="section">Section of the options.</param>
    /// <param name="configuration">Configuration with the given values.</param>
    public static string Describe(string failure, string section, IConfiguration configuration)
    {
        Match match = Named().Match(failure);
        if (!match.Success)
        {
            return $"{section}: {failure}";
        }

        string name = match.Groups["name"].Value.Replace(".", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
        if (!name.StartsWith(section + ConfigurationPath.KeyDelimiter, StringComparison.Ordinal))
        {
            name = section + ConfigurationPath.KeyDelimiter + name;
        }

        string rule = Subject().Replace(match.Groups["rule"].Value, "").TrimEnd('.');
        return rule.StartsWith(Range, StringComparison.Ordinal) && configuration[name] is { } value
            ? $"{name}: {rule}, not {value}"
            : $"{name}: {rule}";
    }

    [GeneratedRegex(@"^(Property )?(?<name>[A-Z][\w.:]*): (?<rule>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Named();

    [GeneratedRegex(@"^The (field )?\S+ (field )?(?=must |is )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Subject();
}

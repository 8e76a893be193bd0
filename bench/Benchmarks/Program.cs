using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

// In-process: the generated project of the default toolchain would inherit the repository's build settings.
Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args, "--inProcess"])];
bool ran = summaries.Length > 0 && summaries.All(summary => summary.Reports.Length > 0 && summary.Reports.All(report => report.Success));
return ran ? 0 : 1;

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Benchmarks;

// Processes of their own, which BenchmarkDotNet has no word for.
if (args is ["relay", ..])
    return await RelayBenchmark.RunAsync(args[1..]);

// In this process: the generated project of the default toolchain would not know of our stand-ins and central versions.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
    args is [] ? ["--filter", "*"] : args,
    DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
return 0;
